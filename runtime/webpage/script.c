/* script.c: the little that the page does: tables are sorted, and one practice is marked everywhere. Without it all can
 * be read. It keeps nothing and asks nothing: a page that is opened again has no practice marked. */
#include "runtime/webpage/inner.h"

/* A chart becomes a list to choose from: one stop of the tab key, arrows from practice to practice, Enter or a click
 * marks one, and once more unmarks it. Escape takes away what is shown of a practice until another is pointed at. */
#define CHARTS \
  "const charts=[...document.querySelectorAll('.rows')];\n" \
  "charts.forEach(list=>{\n" \
  "  const rows=[...list.children];\n" \
  "  const go=i=>{rows.forEach(row=>{row.tabIndex=-1});rows[i].tabIndex=0;rows[i].focus();" \
  "rows[i].scrollIntoView({block:'nearest'})};\n" \
  "  list.setAttribute('role','listbox');" \
  "list.setAttribute('aria-labelledby',list.closest('.indicator').getAttribute('aria-labelledby'));\n" \
  "  rows.forEach((row,i)=>{row.setAttribute('role','option');row.setAttribute('aria-selected','false');" \
  "row.tabIndex=i?-1:0;\n" \
  "    row.addEventListener('mouseenter',()=>list.classList.remove('quiet'));\n" \
  "    row.addEventListener('focus',()=>list.classList.remove('quiet'));\n" \
  "    row.addEventListener('click',()=>toggle(row.dataset.practice));\n" \
  "    row.addEventListener('keydown',event=>{\n" \
  "      const to={ArrowDown:Math.min(i+1,rows.length-1),ArrowUp:Math.max(i-1,0),Home:0,End:rows.length-1}" \
  "[event.key];\n" \
  "      if(event.ctrlKey||event.altKey||event.metaKey)return;\n" \
  "      if(to!==undefined)go(to);else if(event.key==='Enter'||event.key===' ')toggle(row.dataset.practice);" \
  "else return;\n" \
  "      event.preventDefault()})})});\n" \
  "addEventListener('keydown',event=>{if(event.key==='Escape')charts.forEach(list=>list.classList.add('quiet'))});\n"

/* What stands in the overview of the practice that is marked is taken from its row in the table of figures. */
#define MARK \
  "const choose=document.getElementById('choose'),said=document.querySelector('[role=status]');\n" \
  "const put=(element,text)=>element.append(Object.assign(document.createElement('span'),{textContent:text}));\n" \
  "const fill=name=>{\n" \
  "  document.querySelectorAll('.own').forEach(cell=>{cell.hidden=name==='';cell.replaceChildren()});\n" \
  "  if(name==='')return;\n" \
  "  document.querySelector('thead .own').textContent=said.dataset.practiceHead.replace('%s',()=>name);\n" \
  "  const cells=document.querySelectorAll('td.own');\n" \
  "  document.querySelectorAll('table.figures').forEach((table,i)=>{\n" \
  "    const row=[...table.tBodies[0].rows].find(row=>row.dataset.practice===name);\n" \
  "    cells[i].textContent=row.cells[1].textContent;put(cells[i],row.cells[3].textContent)})};\n" \
  "const mark=name=>{\n" \
  "  choose.value=name;\n" \
  "  document.querySelectorAll('[data-practice]').forEach(row=>{\n" \
  "    const on=row.dataset.practice===name;\n" \
  "    row.classList.toggle('chosen',on);\n" \
  "    if(row.role==='option')row.setAttribute('aria-selected',on);\n" \
  "    else if(on)row.setAttribute('aria-current','true');else row.removeAttribute('aria-current')});\n" \
  "  fill(name);fit();\n" \
  "  said.textContent=name===''?said.dataset.none:said.dataset.marked.replace('%s',()=>name)};\n" \
  "const toggle=name=>mark(name===choose.value?'':name);\n" \
  "document.querySelector('.choose').hidden=false;\n" \
  "choose.addEventListener('change',()=>mark(choose.value));\n"

/* Rows whose cell has no number (unknown, hidden) are last both ways; like ones stay in the order of practices. */
#define SORT \
  "document.querySelectorAll('table.sort').forEach(table=>{\n" \
  "  const heads=[...table.tHead.rows[0].cells],body=table.tBodies[0],first=[...body.rows];\n" \
  "  const number=(row,i)=>i?parseFloat(row.cells[i].dataset.value):first.indexOf(row);\n" \
  "  const sort=(i,down)=>{\n" \
  "    const rows=first.map(row=>({row,n:number(row,i)}));\n" \
  "    rows.sort((a,b)=>isNaN(a.n)||isNaN(b.n)?isNaN(a.n)-isNaN(b.n):down?b.n-a.n:a.n-b.n);\n" \
  "    body.append(...rows.map(each=>each.row));\n" \
  "    heads.forEach(head=>head.removeAttribute('aria-sort'));\n" \
  "    heads[i].setAttribute('aria-sort',down?'descending':'ascending')};\n" \
  "  heads.forEach((head,i)=>{\n" \
  "    const button=Object.assign(document.createElement('button'),{type:'button',textContent:head.textContent});\n" \
  "    head.replaceChildren(button);\n" \
  "    button.addEventListener('click',()=>sort(i,head.getAttribute('aria-sort')==='ascending'))});\n" \
  "  heads[0].setAttribute('aria-sort','ascending')});\n"

/* A table is a stop of the tab key only where it is wider than its place, and so has to be moved to be read. */
#define FIT \
  "const fit=()=>document.querySelectorAll('.scroll').forEach(place=>{\n" \
  "  if(place.scrollWidth>place.clientWidth)place.tabIndex=0;else place.removeAttribute('tabindex')});\n" \
  "addEventListener('resize',fit);\n"

/* Definitions that are closed on the screen are printed all the same, and closed again. */
#define PRINT \
  "let closed=[];\n" \
  "addEventListener('beforeprint',()=>{closed=[...document.querySelectorAll('details:not([open])')];" \
  "closed.forEach(each=>{each.open=true})});\n" \
  "addEventListener('afterprint',()=>closed.forEach(each=>{each.open=false}));\n"

const char html_script[] = "'use strict';\n" FIT MARK CHARTS SORT "fit();\n" PRINT;
